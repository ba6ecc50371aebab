# By its address. Its SID, /Configuration/Addresses/ and the SID, and its URL work as well.
terraform import twilio_conversations_address_configuration.sms +15005550006
