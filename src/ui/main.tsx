/** Where the page begins: settings, the document that the address names, the keys, and the first drawing. */
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { listenForKeys } from './commands.ts';
import { startSessions } from './session/documents.ts';
import { applySettings } from './settings.ts';
import './theme.css';
import './ribbon/ribbon.css';
import './canvas/tints.css';
import './styles/controls.css';
import './styles/frame.css';
import './styles/inspector.css';
import './styles/dock.css';
import './styles/state.css';
import './styles/overlays.css';
import './styles/narrow.css';

/** Milliseconds that the first drawing waits for the document that the address names. */
const PATIENCE = 1500;

applySettings();
listenForKeys();

const root = document.getElementById('root');
if (!root) throw new Error('internal: index.html has no #root');
// Storage that does not answer leaves the page usable.
await Promise.race([startSessions(), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
createRoot(root).render(<App />);
