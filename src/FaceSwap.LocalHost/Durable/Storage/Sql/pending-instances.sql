SELECT sequence, instance_id, start_at FROM instances WHERE completed_at IS NULL AND status = @status;
