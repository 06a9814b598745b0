# Sourced by RabbitMQ's server and by each of its tools.

# Each Erlang machine begins by closing every file that it may have open, one by one: some engines allow a thousand million,
# others no more than a thousand. Where the engine allows fewer than this, it stays as it is.
ulimit -n 65536 2>/dev/null || true

# A boot loads every module of every plugin that lies in the folder, enabled or not, to ask it for its feature flags: a third
# of the time that a boot takes. Left out is what no setting enables; what is not known here stays.
plugins=/tmp/plugins
if [ ! -d $plugins ] && [ -d "${RABBITMQ_HOME:-}/plugins" ] && mkdir -p $plugins.new; then
    for plugin in "$RABBITMQ_HOME"/plugins/*; do
        case ${plugin##*/} in
            rabbitmq_amqp1_0-* | rabbitmq_auth_* | rabbitmq_aws-* | rabbitmq_consistent_hash_* | rabbitmq_event_exchange-* | \
                rabbitmq_federation* | rabbitmq_jms_* | rabbitmq_mqtt-* | rabbitmq_peer_discovery_* | rabbitmq_random_* | \
                rabbitmq_recent_history_* | rabbitmq_sharding-* | rabbitmq_shovel* | rabbitmq_stomp-* | rabbitmq_stream* | \
                rabbitmq_top-* | rabbitmq_tracing-* | rabbitmq_trust_store-* | rabbitmq_web_mqtt* | rabbitmq_web_stomp*) ;;
            *) ln -sf "$plugin" $plugins.new/ ;;
        esac
    done
    mv $plugins.new $plugins
fi
if [ -d $plugins ]; then PLUGINS_DIR=$plugins; fi
