psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --command "COMMENT ON ROLE reporting IS 'made by a script'"
