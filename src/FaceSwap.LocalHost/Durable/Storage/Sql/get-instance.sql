SELECT sequence, instance_id, name, status, created_at, updated_at, custom_status, output, failure, tags,
       CASE WHEN @with_payloads THEN (SELECT events FROM history WHERE instance = sequence AND batch = 0) END
FROM instances WHERE instance_id = @instance_id;
