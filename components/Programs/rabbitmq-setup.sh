# Gives a node that has just started what its settings say: $1 is its virtual host, $2 the type of the queues that are declared
# without one, $3 a file of definitions; nothing where one is empty. Each of both may be done again.
set -eu
[ -z "$2" ] || rabbitmqctl --quiet update_vhost_metadata "$1" --default-queue-type "$2"
[ -z "${3:-}" ] || rabbitmqctl --quiet import_definitions "$3"
