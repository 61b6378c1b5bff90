DELETE FROM lease WHERE id = 1 AND machine = @machine AND process = @process AND started = @started;
