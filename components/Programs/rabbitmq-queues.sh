# Fails while queues do not run, and names them. After a full disk RabbitMQ restarts what holds its queues, but not those that
# are not durable: they stay bound, refuse each message and cannot be declared again, so no worker of Celery gets ready. Only
# a restart of the node removes them. Where the insides of RabbitMQ have changed, it is enough that it answers.
# $1 is touched when all is well.
dead=$(rabbitmqctl --quiet eval '
  try
      Queues = [{amqqueue:get_name(Queue), amqqueue:get_pid(Queue)} || Queue <- rabbit_amqqueue:list()],
      Dead = [Name || {Name, Pid} <- Queues, is_pid(Pid), node(Pid) =:= node(), not is_process_alive(Pid)],
      Bound = [element(4, Binding) || Binding <- rabbit_binding:list_explicit()],
      Missing = [Name || Name <- Bound, element(3, Name) =:= queue, not lists:keymember(Name, 1, Queues)],
      [element(4, Name) || Name <- lists:usort(Dead ++ Missing)]
  catch error:_ -> []
  end.') || exit 1
[ "$dead" = '[]' ] || { echo "Bound, but not running: $(printf %s "$dead" | tr -d '\n<>[]" '). Restart it: nothing else removes them."; exit 1; }
touch "$1"
