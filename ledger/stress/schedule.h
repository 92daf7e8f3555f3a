// SPDX-License-Identifier: GPL-3.0-or-later
//! When each operation of an open run is due, whatever became of those before it.
#pragma once
#include "ledger/stress/load.h"
#include "ledger/stress/plan.h"

#include <deque>
#include <mutex>

namespace tallystick {

/// An operation and its intended time, in microseconds since the run began.
struct Due
{
    qint64 ordinal = 0;
    qint64 micros = 0;
};

/// The intended times of an open run, settled by the seed alone: with constant arrivals operation
/// k is due when the integral of the rate reaches k, with Poisson arrivals when it reaches the sum
/// of k exponentially distributed gaps of mean 1 (an inhomogeneous Poisson process by its time
/// change: Cinlar, "Introduction to Stochastic Processes", 1975). Never timed anew. Thread-safe.
class Schedule final
{
public:
    explicit Schedule(const Plan& plan);
    /// The next operation nobody has taken, also when it is not due yet; nothing when all are
    /// taken.
    [[nodiscard]] std::optional<Due> take();
    /// How many are due at \a nowMicros and not taken.
    [[nodiscard]] qint64 backlog(qint64 nowMicros);
    /// Nothing more comes due after \a nowMicros.
    [[nodiscard]] bool isOver(qint64 nowMicros);
    /// How long the turn of an operation lasts that was due at \a micros: until its client would
    /// be due again on average, but never less than timers are exact.
    [[nodiscard]] qint64 turnMicros(qint64 micros) const;

private:
    [[nodiscard]] std::optional<Due> generate();

    std::mutex m_mutex;
    OpenLoad::Arrivals m_arrivals;
    LoadCurve m_curve;
    int m_clients;
    qint64 m_operations; ///< so many, if they are due before the end
    qint64 m_endMicros;
    Random m_random;
    qint64 m_generated = 0;
    double m_area = 0;         ///< of the operation generated last
    qint64 m_lastMicros = -1;  ///< when that is due
    std::deque<Due> m_waiting; ///< generated to be counted, not taken yet
};

} // namespace tallystick
