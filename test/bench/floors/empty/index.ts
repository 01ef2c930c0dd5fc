// What Node and the runtime cost before a function does anything.
export const handler = async () => ({ statusCode: 200 });
