// SPDX-License-Identifier: GPL-3.0-or-later
//! Random numbers that are the same on every platform for the same seed.
#pragma once
#include <QtCore/QtGlobal>

namespace tallystick {

/// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014; the
/// constants are Vigna's). The standard library's distributions differ between platforms, so
/// ranges are drawn here as well.
class Random final
{
public:
    /// \a stream: independent numbers for each worker of a seed.
    explicit Random(quint64 seed, quint64 stream = 0)
        : m_state(seed)
    {
        if (stream > 0)
            m_state = Random(seed ^ Random(stream).next()).next();
    }
    [[nodiscard]] quint64 next()
    {
        m_state += 0x9E3779B97F4A7C15U;
        quint64 z = m_state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31);
    }
    /// Each of 0 … \a bound − 1 equally likely; \a bound 0 stands for 2^64.
    [[nodiscard]] quint64 below(quint64 bound)
    {
        if (bound == 0)
            return next();
        const quint64 uneven = (0 - bound) % bound; // this many low numbers would come up too often
        quint64 number = next();
        while (number < uneven)
            number = next();
        return number % bound;
    }
    /// \a low … \a high, both inclusive.
    [[nodiscard]] qint64 between(qint64 low, qint64 high)
    {
        const quint64 width = quint64(high) - quint64(low) + 1;
        return qint64(quint64(low) + below(width));
    }

private:
    quint64 m_state;
};

} // namespace tallystick
