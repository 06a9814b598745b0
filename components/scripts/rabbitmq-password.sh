#!/bin/sh
# Gives the user ($1) the password that is read from the input. The node reads both from files: rabbitmqctl's own word for it
# would show the password among the processes.
set -eu
umask 077
trap 'rm -f /tmp/.user /tmp/.password' EXIT
printf %s "$1" >/tmp/.user
cat >/tmp/.password
rabbitmqctl --quiet eval '
  {ok, User} = file:read_file("/tmp/.user"),
  {ok, Password} = file:read_file("/tmp/.password"),
  ok = rabbit_auth_backend_internal:change_password(User, Password, <<"infra">>).' >/dev/null
