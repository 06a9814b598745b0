CREATE USER saleor_read_only WITH PASSWORD 'saleor';
GRANT SELECT ON ALL TABLES IN SCHEMA public TO saleor_read_only;
