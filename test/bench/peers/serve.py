"""What the peers in Python share: one JSON request a line in, one JSON answer a line out; and a timing loop."""
import json
import sys
import time


def seconds_per_call(call, milliseconds):
    """The mean over calls that fill so many milliseconds, in blocks of at most a tenth of them; one more warms up.

    By the clock, and by the processor time that this process has used meanwhile.
    """
    call()
    calls, block, begin, used = 0, 1, time.perf_counter(), time.process_time()
    while True:
        for _ in range(block):
            call()
        calls += block
        elapsed = time.perf_counter() - begin
        if elapsed * 1000 >= milliseconds:
            return elapsed / calls, (time.process_time() - used) / calls
        block = max(1, min(2 * block, int(0.1 * milliseconds / 1000 * calls / elapsed)))


def serve(answer):
    """Answers requests until the input ends; an exception is the answer to its request."""
    for line in sys.stdin:
        try:
            reply = {"ok": answer(json.loads(line))}
        except Exception as error:
            reply = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply), flush=True)
