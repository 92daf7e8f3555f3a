// SPDX-License-Identifier: GPL-3.0-or-later
//! Grey bars where rows will stand, while they are being read.
#pragma once
#include <QtWidgets/QWidget>

namespace tallystick {

/// Still, on purpose: motion would only say that something moves, not that anything happens.
class Skeleton final : public QWidget
{
    Q_OBJECT
public:
    explicit Skeleton(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace tallystick
