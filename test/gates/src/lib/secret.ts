export function reveal(): void {}
