/** What an SDK client needs to speak to an emulator. Credentials are letters only: DynamoDB Local refuses others. */
export const sdkConfig = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
