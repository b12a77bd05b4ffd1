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
import './styles/gallery.css';
import './styles/overlays.css';
import './styles/narrow.css';

applySettings();
listenForKeys();

const root = document.getElementById('root');
if (!root) throw new Error('internal: index.html has no #root');
await startSessions();
createRoot(root).render(<App />);
