// SPDX-License-Identifier: GPL-3.0-or-later
//! Where one is, always in view: class, server, database, role, rights, zone.
#pragma once
#include "ledger/core/ledger.h"
#include "ledger/core/result.h"
#include "ui/services.h"

#include <QtWidgets/QWidget>

namespace tallystick {

class Chip;
class Label;

[[nodiscard]] QString word(EnvironmentClass environment); ///< "LAB", …

class EnvironmentBar final : public QWidget
{
    Q_OBJECT
public:
    EnvironmentBar(EnvironmentClass environment, const QString& placeName,
                   QWidget* parent = nullptr);
    void show(const Result<ServerFacts>& facts);
    using QWidget::show;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    class ClassBlock;
    class IconText;
    IconText* m_place;
    IconText* m_database;
    IconText* m_role;
    IconText* m_zone;
    Chip* m_rights;
};

} // namespace tallystick
