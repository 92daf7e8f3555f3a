// SPDX-License-Identifier: GPL-3.0-or-later
//! Levels over time, and a load written as a file again.
#include "ledger/stress/load.h"

#include "ledger/stress/scenario.h"

#include <QtCore/QJsonArray>

#include <algorithm>
#include <cmath>

namespace tallystick {

namespace {

QJsonObject profileJson(const LoadProfile& profile)
{
    using Kind = LoadProfile::Kind;
    QJsonObject json{{QStringLiteral("kind"), nameOf(profile.kind)},
                     {QStringLiteral("seconds"), profile.seconds}};
    if (profile.kind == Kind::Ramp)
        json.insert(QStringLiteral("from"), profile.from);
    if (profile.kind == Kind::Steps) {
        QJsonArray levels;
        for (const double level : profile.levels)
            levels.append(level);
        json.insert(QStringLiteral("levels"), levels);
    }
    if (profile.kind == Kind::Spike) {
        json.insert(QStringLiteral("at"), profile.at);
        json.insert(QStringLiteral("level"), profile.level);
    }
    return json;
}

double ownLevelOf(const Scenario& scenario)
{
    return scenario.open ? scenario.open->ratePerSecond : double(scenario.clients);
}

} // namespace

QString nameOf(LoadProfile::Kind kind)
{
    switch (kind) {
    case LoadProfile::Kind::Constant:
        return QStringLiteral("constant");
    case LoadProfile::Kind::Ramp:
        return QStringLiteral("ramp");
    case LoadProfile::Kind::Steps:
        return QStringLiteral("steps");
    case LoadProfile::Kind::Spike:
        return QStringLiteral("spike");
    }
    Q_UNREACHABLE();
}

QString nameOf(OpenLoad::Arrivals arrivals)
{
    return arrivals == OpenLoad::Arrivals::Constant ? QStringLiteral("constant")
                                                    : QStringLiteral("poisson");
}

QString nameOf(OpenLoad::Late late)
{
    return late == OpenLoad::Late::Run ? QStringLiteral("run") : QStringLiteral("skip");
}

double LoadCurve::Piece::areaUntil(double within) const
{
    const double slope = (to - from) / seconds;
    return from * within + slope * within * within / 2;
}

double LoadCurve::Piece::timeOf(double area) const
{
    // from·t + slope·t²/2 = area, solved so that nothing cancels out for a small slope.
    const double slope = (to - from) / seconds;
    const double root = std::sqrt(std::max(0.0, from * from + 2 * slope * area));
    return from + root > 0 ? std::min(seconds, 2 * area / (from + root)) : 0;
}

LoadCurve::LoadCurve(const LoadProfile& profile, double ownLevel)
    : m_ownLevel(ownLevel)
{
    const auto add = [this](double seconds, double from, double to) {
        if (seconds > 0)
            m_pieces.push_back({m_ownFrom, seconds, from, to});
        m_ownFrom += seconds;
    };
    switch (profile.kind) {
    case LoadProfile::Kind::Constant:
        break;
    case LoadProfile::Kind::Ramp:
        add(profile.seconds, profile.from, ownLevel);
        break;
    case LoadProfile::Kind::Steps:
        for (const double level : profile.levels)
            add(profile.seconds, level, level);
        break;
    case LoadProfile::Kind::Spike:
        add(profile.at, ownLevel, ownLevel);
        add(profile.seconds, profile.level, profile.level);
        break;
    }
}

double LoadCurve::levelAt(double seconds) const
{
    for (const Piece& piece : m_pieces)
        if (seconds < piece.start + piece.seconds)
            return piece.from + (piece.to - piece.from) * (seconds - piece.start) / piece.seconds;
    return m_ownLevel;
}

double LoadCurve::areaUntil(double seconds) const
{
    double area = 0;
    for (const Piece& piece : m_pieces) {
        if (seconds <= piece.start)
            return area;
        area += piece.areaUntil(std::min(piece.seconds, seconds - piece.start));
    }
    return area + std::max(0.0, seconds - m_ownFrom) * m_ownLevel;
}

double LoadCurve::timeOf(double area) const
{
    for (const Piece& piece : m_pieces) {
        const double whole = piece.areaUntil(piece.seconds);
        if (area < whole)
            return piece.start + piece.timeOf(area);
        area -= whole;
    }
    return m_ownFrom + area / m_ownLevel;
}

LoadCurve curveOf(const Scenario& scenario)
{
    return {scenario.profile, ownLevelOf(scenario)};
}

int sessionsOf(const Scenario& scenario)
{
    if (scenario.open)
        return scenario.clients;
    const LoadProfile& profile = scenario.profile;
    double most = scenario.clients;
    if (profile.kind == LoadProfile::Kind::Ramp)
        most = std::max(most, profile.from);
    if (profile.kind == LoadProfile::Kind::Spike)
        most = std::max(most, profile.level);
    for (const double level : profile.levels)
        most = std::max(most, level);
    return int(std::ceil(most));
}

QJsonObject loadJson(const Scenario& scenario)
{
    QJsonObject json{{QStringLiteral("model"),
                      scenario.open ? QStringLiteral("open") : QStringLiteral("closed")},
                     {QStringLiteral("clients"), scenario.clients}};
    if (scenario.open) {
        json.insert(QStringLiteral("ratePerSecond"), scenario.open->ratePerSecond);
        json.insert(QStringLiteral("arrivals"), nameOf(scenario.open->arrivals));
        json.insert(QStringLiteral("late"), nameOf(scenario.open->late));
    } else {
        json.insert(QStringLiteral("thinkMillis"), scenario.thinkMillis);
    }
    if (scenario.holdLockMillis > 0)
        json.insert(QStringLiteral("holdLockMillis"), scenario.holdLockMillis);
    if (scenario.profile.kind != LoadProfile::Kind::Constant)
        json.insert(QStringLiteral("profile"), profileJson(scenario.profile));
    return json;
}

} // namespace tallystick
