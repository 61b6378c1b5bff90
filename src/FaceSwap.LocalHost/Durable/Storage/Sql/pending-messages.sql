SELECT messages.id, messages.instance, instances.instance_id, messages.generation, messages.event
FROM messages JOIN instances ON instances.sequence = messages.instance
ORDER BY messages.id;
