/** What is to leave the database of an item. Every name by a placeholder: some are words that the database keeps for itself. */
export function toProjection(paths: string[]) {
  const names = paths.flatMap((path) => path.split('.'));
  return {
    ProjectionExpression: paths.map((path) => `#${path.replaceAll('.', '.#')}`).join(', '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
  };
}
