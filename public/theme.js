// The theme before the first paint, without waiting for the page; src/ui/settings.ts keeps it from then on.
try {
  const { theme } = JSON.parse(localStorage.getItem('tensorloom.settings') ?? '{}');
  const dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
} catch {}
