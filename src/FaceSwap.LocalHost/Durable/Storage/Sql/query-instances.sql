SELECT sequence, instance_id, name, status, created_at, updated_at, custom_status, output, failure, tags,
       CASE WHEN @with_payloads THEN (SELECT events FROM history WHERE instance = sequence AND batch = 0) END
FROM instances
WHERE sequence > @after
  AND (@created_from IS NULL OR created_at >= @created_from)
  AND (@created_to IS NULL OR created_at <= @created_to)
  AND (@prefix IS NULL OR substr(instance_id, 1, length(@prefix)) = @prefix)
  AND (@statuses IS NULL OR status IN (SELECT value FROM json_each(@statuses)))
ORDER BY sequence
LIMIT @limit;
