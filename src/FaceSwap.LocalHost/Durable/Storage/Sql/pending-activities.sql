SELECT activities.id, activities.instance, instances.instance_id, activities.generation, activities.task, activities.name, activities.version, activities.input
FROM activities JOIN instances ON instances.sequence = activities.instance
ORDER BY activities.id;
