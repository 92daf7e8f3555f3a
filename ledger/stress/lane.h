// SPDX-License-Identifier: GPL-3.0-or-later
//! The way from one worker to the recorder: written without waiting, emptied a few times a second.
#pragma once
#include "ledger/stress/live.h"
#include "ledger/stress/record.h"

#include <array>
#include <atomic>
#include <limits>
#include <vector>

namespace tallystick {

/// An operation that was answered or given up.
struct LaneSample
{
    OperationRecord record;
    Anatomy anatomy;         ///< of its last attempt, where the way tells it
    bool wasAwaited = false; ///< its session was free when it came due: what it lagged is the timer
};

/// A state of an operation for the timeline of small runs.
struct LaneEntry
{
    qint64 ordinal = 0;
    TimelineEntry entry;
};

struct LaneBuffer
{
    qint64 sent = 0;
    std::vector<LaneSample> samples;
    std::vector<LaneEntry> entries;
};

/// One writer and one reader at a time, which never wait for each other's work: the writer fills
/// one buffer while the reader empties the other (the epochs of the writer-reader phaser of
/// HdrHistogram, by G. Tene).
class Lane final
{
public:
    /// Writer only.
    template <class Write>
    void write(Write&& write)
    {
        const qint64 entered = m_started.fetch_add(1);
        write(m_buffers[std::size_t(m_active.load())]);
        (entered < 0 ? m_endedOdd : m_endedEven).fetch_add(1);
    }
    /// Reader only: what was written since the last take().
    [[nodiscard]] LaneBuffer take();

private:
    std::array<LaneBuffer, 2> m_buffers;
    std::atomic<int> m_active = 0;
    std::atomic<qint64> m_started = 0; ///< negative in odd phases
    std::atomic<qint64> m_endedEven = 0;
    std::atomic<qint64> m_endedOdd = std::numeric_limits<qint64>::min();
};

} // namespace tallystick
