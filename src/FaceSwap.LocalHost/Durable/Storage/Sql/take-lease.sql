INSERT INTO lease (id, machine, process, started, expires_at) VALUES (1, @machine, @process, @started, @expires_at)
ON CONFLICT (id) DO UPDATE
SET machine = excluded.machine, process = excluded.process, started = excluded.started, expires_at = excluded.expires_at;
