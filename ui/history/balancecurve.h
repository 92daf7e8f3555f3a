// SPDX-License-Identifier: GPL-3.0-or-later
//! The balance over a customer's life as one small line.
#pragma once
#include "ledger/core/transaction.h"

#include <QtWidgets/QWidget>

namespace tallystick {

/// Steps, not slopes: between two postings a balance does not move.
class BalanceCurve final : public QWidget
{
    Q_OBJECT
public:
    explicit BalanceCurve(QWidget* parent = nullptr);
    void setPoints(const QList<BalancePoint>& points);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] QPointF place(const BalancePoint& point) const;
    [[nodiscard]] int pointAt(double x) const;

    QList<BalancePoint> m_points;
    Credits m_least, m_most; ///< of the points and zero
    int m_hovered = -1;
};

} // namespace tallystick
