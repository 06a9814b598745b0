#!/bin/sh
# Gives the user ($1) the password that is read from the input. The node reads it from a file: rabbitmqctl's own word for it
# would show it among the processes.
set -eu
umask 077
trap 'rm -f /tmp/.password' EXIT
cat >/tmp/.password
rabbitmqctl --quiet eval "
  {ok, Password} = file:read_file(\"/tmp/.password\"),
  ok = rabbit_auth_backend_internal:change_password(<<\"$1\">>, string:trim(Password), <<\"infra\">>)." >/dev/null
