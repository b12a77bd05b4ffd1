/** The product's name with its mark: three threads that cross. */
export function Wordmark() {
  return (
    <span className="wordmark">
      <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
        <path d="M3 9C16 9 16 23 29 23" stroke="var(--tl-hue-0)" />
        <path d="M3 16C12 16 20 16 29 16" stroke="var(--tl-hue-2)" />
        <path d="M3 23C16 23 16 9 29 9" stroke="var(--tl-hue-1)" />
      </svg>
      Tensorloom
    </span>
  );
}
