#!/bin/sh
# Makes a variable of each file that one named so leads to: DATABASE_URL of DATABASE_URL_FILE.
set -eu
for name in $(env | sed -n 's/^\([A-Z_]*\)_FILE=.*/\1/p'); do
    eval "value=\$(cat \"\$${name}_FILE\"); export $name=\"\$value\""
done
exec "$@"
