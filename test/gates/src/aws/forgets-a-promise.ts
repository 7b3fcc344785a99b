async function work(): Promise<void> {}
export function forget(): void {
  work();
}
