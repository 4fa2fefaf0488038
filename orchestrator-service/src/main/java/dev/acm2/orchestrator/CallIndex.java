package dev.acm2.orchestrator;

import dev.acm2.contract.CallId;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/// Finds the place of a call by its id. Keeps 8 to 16 bytes a call, because ids can be computed again.
final class CallIndex {

  private static final int SMALLEST = 16;

  private final IntFunction<CallId> ids;
  /// Places + 1 by hash, 0 for none; at most half full.
  private final int[] slots;

  /// @param ids the id of each place, from 0 to size - 1
  CallIndex(int size, IntFunction<CallId> ids) {
    this.ids = ids;
    this.slots = new int[Integer.highestOneBit(Math.max(SMALLEST, size) * 2 - 1) * 2];
    for (int index = 0; index < size; index++) {
      slots[free(ids.apply(index))] = index + 1;
    }
  }

  private int free(CallId callId) {
    int slot = first(callId);
    while (slots[slot] != 0) {
      slot = following(slot);
    }
    return slot;
  }

  OptionalInt find(CallId callId) {
    for (int slot = first(callId); slots[slot] != 0; slot = following(slot)) {
      int index = slots[slot] - 1;
      if (ids.apply(index).equals(callId)) {
        return OptionalInt.of(index);
      }
    }
    return OptionalInt.empty();
  }

  private int first(CallId callId) {
    return Integer.parseUnsignedInt(callId.value(), 0, 8, 16) & (slots.length - 1);
  }

  private int following(int slot) {
    return (slot + 1) & (slots.length - 1);
  }
}
