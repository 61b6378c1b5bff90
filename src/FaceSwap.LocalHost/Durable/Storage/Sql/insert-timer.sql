INSERT INTO timers (instance, task, generation, fire_at) VALUES (@instance, @task, @generation, @fire_at);
