#!/bin/sh
# Gives the default user another password, which is read from the input: besides the one it has ($1 is "add"), or as its only one
# ("only"); with "check" it tells whether it has it. redis-cli reads it from its input too: a command line is shown among the
# processes. Until the next start, at which the mounted file ($2) has it, the probe and the backup find it in /tmp.
set -eu
umask 077
fresh=$(cat)
if [ "$1" = check ]; then
    case $(REDISCLI_AUTH=$fresh redis-cli ping 2>/dev/null) in
        PONG) exit 0 ;;
        NOAUTH*) exit 3 ;;
        *) exit 1 ;;
    esac
fi
quoted=$(printf %s "$fresh" | sed 's/[\\"]/\\&/g')
rule=
[ "$1" = add ] || rule='resetpass '
known=$(cat /tmp/.password 2>/dev/null || cat "$2")
for password in "$known" "$fresh"; do
    # The last line that says anything is the answer, whatever it ends with: that is 0 without a server too.
    answer=$(printf 'ACL SETUSER default %s">%s"\n' "$rule" "$quoted" | REDISCLI_AUTH=$password redis-cli 2>&1 | grep . | tail -n 1)
    case $answer in
        OK) break ;;
        'Could not connect'*) echo "Redis does not answer, so it has the password that it had: $answer" >&2; exit 1 ;;
    esac
done
if [ "$answer" != OK ]; then
    echo "Redis takes neither the password that it should have nor the new one. It answers: $answer" >&2
    exit 1
fi
[ "$1" = add ] || { printf %s "$fresh" >/tmp/.password.new && mv /tmp/.password.new /tmp/.password; }
