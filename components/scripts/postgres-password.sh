#!/bin/sh
# Gives the roles that have the server's password another one, which is read from the input. No log takes the statements,
# whatever the server logs.
set -eu
psql -Xq --set=ON_ERROR_STOP=1 --set=owner="$POSTGRES_OWNER" --username="$POSTGRES_USER" --dbname=template1 3<&0 <<'SQL'
\set password `cat <&3`
SET log_statement = 'none';
SET log_min_duration_statement = -1;
SET log_min_error_statement = 'panic';
BEGIN;
ALTER ROLE :"owner" PASSWORD :'password';
ALTER ROLE infra_backup PASSWORD :'password';
ALTER ROLE infra_monitor PASSWORD :'password';
COMMIT;
SQL
