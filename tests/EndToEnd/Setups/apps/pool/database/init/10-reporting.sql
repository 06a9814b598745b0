CREATE ROLE reporting;
GRANT pg_read_all_data TO reporting;
