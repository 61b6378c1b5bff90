INSERT INTO messages (id, instance, generation, event)
SELECT @id, @instance, @generation, @event
WHERE EXISTS (SELECT 1 FROM instances WHERE sequence = @instance AND completed_at IS NULL);
