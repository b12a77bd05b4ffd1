/** Asks for a file by the browser's own dialog; nothing happens where none is chosen. `accept`: endings, as of an input. */
export function chooseFile(take: (file: File) => void, accept = ''): void {
  const input = Object.assign(document.createElement('input'), { type: 'file', accept });
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file) take(file);
  });
  input.click();
}
