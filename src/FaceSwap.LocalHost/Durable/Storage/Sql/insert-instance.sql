INSERT INTO instances (sequence, instance_id, name, status, created_at, updated_at, start_at, tags)
VALUES (@sequence, @instance_id, @name, @status, @now, @now, @start_at, @tags);
