/** Components that are fetched when they are first wanted, so that the first screen does not wait for them. */
import { type ComponentType, type ReactNode, useEffect, useState } from 'react';

interface Fetching {
  /** What stands in its place until it is there. */
  readonly meanwhile?: ReactNode;
  /** Fetch it beside the first screen, before it is wanted. */
  readonly early?: boolean;
}

/**
 * A component that `load` fetches. Once it is there it is drawn at once, as any other: keys that are typed right
 * after a list has opened find it. What cannot be fetched is an error of whoever draws it.
 */
export function lazily<P extends object>(
  load: () => Promise<ComponentType<P>>,
  { meanwhile = null, early = false }: Fetching = {},
): ComponentType<P> {
  let fetched: ComponentType<P> | undefined;
  let coming: Promise<ComponentType<P>> | undefined;
  function fetch(): Promise<ComponentType<P>> {
    coming ??= load();
    coming.then(
      (component) => {
        fetched = component;
      },
      () => {
        coming = undefined;
      },
    );
    return coming;
  }
  if (early) void fetch().catch(() => undefined);

  return function Lazily(props) {
    const [Component, setComponent] = useState(() => fetched);
    useEffect(() => {
      if (fetched) return;
      let isShown = true;
      const failed = (error: unknown) => {
        setComponent(() => {
          throw error;
        });
      };
      fetch().then((component) => isShown && setComponent(() => component), failed);
      return () => {
        isShown = false;
      };
    }, []);
    const Shown = Component ?? fetched;
    return Shown ? <Shown {...props} /> : meanwhile;
  };
}
