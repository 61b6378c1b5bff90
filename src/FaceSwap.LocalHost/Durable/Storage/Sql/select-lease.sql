SELECT machine, process, started, expires_at FROM lease WHERE id = 1;
