// SPDX-License-Identifier: GPL-3.0-or-later
//! Swaps a lane's buffers.
#include "ledger/stress/lane.h"

#include <thread>

namespace tallystick {

LaneBuffer Lane::take()
{
    const int filled = m_active.load();
    m_active.store(1 - filled);
    // Whoever began to write before this moment may still be in the filled buffer: wait for those
    // writes, a few instructions each, and for no others.
    const bool wasOdd = m_started.load() < 0;
    const qint64 fresh = wasOdd ? 0 : std::numeric_limits<qint64>::min();
    (wasOdd ? m_endedEven : m_endedOdd).store(fresh);
    const qint64 begun = m_started.exchange(fresh);
    const std::atomic<qint64>& ended = wasOdd ? m_endedOdd : m_endedEven;
    while (ended.load() != begun)
        std::this_thread::yield();
    LaneBuffer& emptied = m_buffers[std::size_t(filled)];
    LaneBuffer taken = std::exchange(emptied, LaneBuffer());
    // As much will come again: the writer need not grow it while it is measured.
    emptied.samples.reserve(taken.samples.size());
    return taken;
}

} // namespace tallystick
