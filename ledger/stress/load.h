// SPDX-License-Identifier: GPL-3.0-or-later
//! How hard a run presses: the open model and the course of either model's level over time.
#pragma once
#include <QtCore/QJsonObject>
#include <QtCore/QList>

#include <optional>
#include <vector>

namespace tallystick {

struct Scenario;

/// Operations arrive at times of their own, whether or not earlier ones were answered (Schroeder,
/// Wierman, Harchol-Balter: "Open versus closed", NSDI 2006). Without it a run is closed: every
/// client waits for its answer before it sends again.
struct OpenLoad
{
    enum class Arrivals { Constant, Poisson };
    enum class Late {
        Run, ///< sent however late
        Skip ///< not sent once its turn is past: see Schedule::turnMicros()
    };
    double ratePerSecond = 0;
    Arrivals arrivals = Arrivals::Constant;
    Late late = Late::Run;
};

/// The course of the level: of the rate where the load is open, of the clients where it is closed.
/// The load's own level holds wherever the profile says nothing else.
struct LoadProfile
{
    enum class Kind {
        Constant,
        Ramp,  ///< from \a from in a straight line to the own level, over \a seconds
        Steps, ///< each of \a levels for \a seconds, then the own level
        Spike  ///< \a level from \a at on, for \a seconds
    };
    Kind kind = Kind::Constant;
    double from = 0;
    QList<double> levels;
    double at = 0;
    double level = 0;
    double seconds = 0;
};
/// "constant", "ramp", …
[[nodiscard]] QString nameOf(LoadProfile::Kind kind);
[[nodiscard]] QString nameOf(OpenLoad::Arrivals arrivals);
[[nodiscard]] QString nameOf(OpenLoad::Late late);

/// A profile around its own level, as a function of the time since the run began.
class LoadCurve final
{
public:
    LoadCurve(const LoadProfile& profile, double ownLevel);
    [[nodiscard]] double levelAt(double seconds) const;
    /// The integral of the level: of a rate, the operations due until then.
    [[nodiscard]] double areaUntil(double seconds) const;
    /// When the integral reaches \a area; the own level must be above zero.
    [[nodiscard]] double timeOf(double area) const;

private:
    struct Piece
    {
        double start, seconds, from, to; ///< a straight line
        [[nodiscard]] double areaUntil(double within) const;
        [[nodiscard]] double timeOf(double area) const;
    };
    std::vector<Piece> m_pieces; ///< what comes before the own level holds for good
    double m_ownFrom = 0;        ///< since when it does
    double m_ownLevel;
};

/// The curve of a scenario's rate or clients.
[[nodiscard]] LoadCurve curveOf(const Scenario& scenario);
/// How many sessions the run opens: its clients, or as many as its profile ever wants.
[[nodiscard]] int sessionsOf(const Scenario& scenario);
/// The member "load" of a scenario file.
[[nodiscard]] QJsonObject loadJson(const Scenario& scenario);

} // namespace tallystick
