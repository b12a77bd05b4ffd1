/** Language and theme, to be chosen in the bar of either screen. */
import type { Locale } from '../../base/text.ts';
import { locales } from '../../base/text.ts';
import { localeName, useLocale, useT } from '../locale.ts';
import { Icon } from '../parts/Icon.tsx';
import { changeSettings, themes, useSettings } from '../settings.ts';
import { workbench } from '../strings/workbench.ts';

const themeTexts = {
  system: workbench.themeSystem,
  light: workbench.themeLight,
  dark: workbench.themeDark,
} as const;

/** Goes round: as the system, light, dark. */
export function ThemeButton() {
  const t = useT();
  const theme = useSettings((s) => s.theme);
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
  return (
    <button
      type="button"
      className="icon-button"
      title={t(themeTexts[theme])}
      aria-label={t(themeTexts[theme])}
      onClick={() => changeSettings({ theme: next })}
    >
      <Icon name={theme} />
    </button>
  );
}

export function LanguageSelect() {
  const t = useT();
  const locale = useLocale();
  return (
    <select
      className="language"
      aria-label={t(workbench.language)}
      value={locale}
      onChange={(event) => changeSettings({ locale: event.target.value as Locale })}
    >
      {locales.map((choice) => (
        <option key={choice} value={choice} lang={choice === 'zh' ? 'zh-Hans' : 'en'}>
          {localeName[choice]}
        </option>
      ))}
    </select>
  );
}
