SELECT EXISTS (SELECT 1 FROM lease WHERE id = 1 AND machine = @machine AND process = @process AND started = @started);
