SELECT sequence, instance_id
FROM instances
WHERE sequence > @after
  AND (@completed_from IS NULL OR completed_at >= @completed_from)
  AND (@completed_to IS NULL OR completed_at <= @completed_to)
  AND (@statuses IS NULL OR status IN (SELECT value FROM json_each(@statuses)))
ORDER BY sequence
LIMIT @limit;
