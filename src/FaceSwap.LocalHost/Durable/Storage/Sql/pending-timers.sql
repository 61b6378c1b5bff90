SELECT timers.instance, instances.instance_id, timers.generation, timers.task, timers.fire_at
FROM timers JOIN instances ON instances.sequence = timers.instance;
