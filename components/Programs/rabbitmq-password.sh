#!/bin/sh
# Gives the user ($1) the password that is read from the input. A user has one alone: with the word 'second' the user infra_next gets
# it, with the tags and permissions of the first, and with 'remove' that one goes; 'check' tells whether the user has it. The node
# reads names and password from files: rabbitmqctl's own word for it would show the password among the processes.
set -eu
umask 077
trap 'rm -f /tmp/.user /tmp/.password' EXIT
printf %s "$1" >/tmp/.user
cat >/tmp/.password
case ${2:-} in
    '') change='ok = rabbit_auth_backend_internal:change_password(User, Password, Infra).' ;;
    second)
        change='
  case rabbit_auth_backend_internal:lookup_user(Second) of
      {ok, _} -> ok = rabbit_auth_backend_internal:change_password(Second, Password, Infra);
      {error, not_found} -> ok = rabbit_auth_backend_internal:add_user(Second, Password, Infra)
  end,
  {ok, First} = rabbit_auth_backend_internal:lookup_user(User),
  ok = rabbit_auth_backend_internal:set_tags(Second, internal_user:get_tags(First), Infra),
  Get = fun(Key, Permission) -> proplists:get_value(Key, Permission) end,
  [ok = rabbit_auth_backend_internal:set_permissions(Second, Get(vhost, P), Get(configure, P), Get(write, P), Get(read, P), Infra)
      || P <- rabbit_auth_backend_internal:list_user_permissions(User)],
  [ok = rabbit_auth_backend_internal:set_topic_permissions(Second, Get(vhost, P), Get(exchange, P), Get(write, P), Get(read, P), Infra)
      || P <- rabbit_auth_backend_internal:list_user_topic_permissions(User)],
  ok.'
        ;;
    check)
        # A node that cannot tell says so otherwise.
        change='
  case rabbit_auth_backend_internal:user_login_authentication(User, [{password, Password}]) of
      {ok, _} -> known;
      {refused, _, _} -> unknown
  end.'
        ;;
    remove)
        change='
  case rabbit_auth_backend_internal:lookup_user(Second) of
      {ok, _} -> ok = rabbit_auth_backend_internal:delete_user(Second, Infra);
      {error, not_found} -> ok
  end.'
        ;;
    *)
        echo "rabbitmq-password: There is no '$2'; it is second, check, remove, or nothing." >&2
        exit 64
        ;;
esac
answer=$(rabbitmqctl --quiet eval '
  {ok, User} = file:read_file("/tmp/.user"),
  {ok, Password} = file:read_file("/tmp/.password"),
  {Second, Infra} = {<<"infra_next">>, <<"infra">>},
  '"$change")
[ "$answer" != unknown ] || exit 3
