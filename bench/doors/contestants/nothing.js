/** What a function costs that does nothing: the floor. */
export const handler = async () => ({ statusCode: 200, body: '{"message":"Hello, Ada!"}' });
