// SPDX-License-Identifier: GPL-3.0-or-later
//! Random numbers for demo data: the same on every platform for the same seed.
#pragma once
#include <QtCore/QtGlobal>

namespace tallystick {

/// SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", 2014). The
/// standard library's distributions differ between implementations; these do not.
class DemoRandom final
{
public:
    /// \a stream keeps customers apart: each has numbers of its own, whatever the others drew.
    DemoRandom(quint64 seed, quint64 stream)
        : m_state(seed * 0xD1342543DE82EF95ULL + stream * 0xAF251AF3B0F025B5ULL)
    {
    }

    [[nodiscard]] quint64 next()
    {
        m_state += 0x9E3779B97F4A7C15ULL;
        quint64 z = m_state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    /// 0 … count − 1; count > 0. The bias is below 2^-20 for all counts used here.
    [[nodiscard]] qint64 below(qint64 count) { return qint64((next() >> 1) % quint64(count)); }
    /// least … most, both included
    [[nodiscard]] qint64 between(qint64 least, qint64 most)
    {
        return least + below(most - least + 1);
    }
    [[nodiscard]] bool chance(int percent) { return below(100) < percent; }

private:
    quint64 m_state;
};

} // namespace tallystick
