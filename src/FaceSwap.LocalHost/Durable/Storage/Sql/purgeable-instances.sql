SELECT sequence
FROM instances
WHERE completed_at IS NOT NULL
  AND (@created_from IS NULL OR created_at >= @created_from)
  AND (@created_to IS NULL OR created_at <= @created_to)
  AND (@statuses IS NULL OR status IN (SELECT value FROM json_each(@statuses)))
ORDER BY sequence
LIMIT @limit;
