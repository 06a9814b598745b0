#!/bin/sh
# Gives the server's user the password that is read from the input. No log takes the statement, whatever the server logs.
set -eu
password=$(cat)
psql -Xq --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=template1 <<SQL
SET log_statement = 'none';
SET log_min_duration_statement = -1;
SET log_min_error_statement = 'panic';
ALTER ROLE "$POSTGRES_USER" PASSWORD '$password';
SQL
