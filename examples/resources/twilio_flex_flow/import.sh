# By its SID; /FlexFlows/ and the SID, or the flow's URL, will do as well.
terraform import twilio_flex_flow.web FO0123456789abcdef0123456789abcdef
