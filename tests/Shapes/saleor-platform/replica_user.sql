-- Stands for the project's own.
SELECT 1;
