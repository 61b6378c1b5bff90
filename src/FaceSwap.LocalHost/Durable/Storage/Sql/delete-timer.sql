DELETE FROM timers WHERE instance = @instance AND task = @task;
